#!/usr/bin/env bash
# The front door on Linux and macOS: ./build.sh help
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
command -v dotnet >/dev/null || export DOTNET_ROOT="$HOME/.dotnet" PATH="$HOME/.dotnet:$PATH"
if ! dotnet --version >/dev/null 2>&1; then
  echo "The .NET 10 SDK is missing. Install it (https://dotnet.microsoft.com/download), then run this again." >&2
  exit 1
fi
export DOTNET_NOLOGO=1
exec dotnet run build.cs -- "$@"
