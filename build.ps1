# The front door on Windows: ./build.ps1 help
$ErrorActionPreference = 'Stop'
Push-Location $PSScriptRoot
try {
  $found = $false
  if (Get-Command dotnet -ErrorAction SilentlyContinue) { dotnet --version *> $null; $found = $LASTEXITCODE -eq 0 }
  if (-not $found) {
    [Console]::Error.WriteLine('The .NET 10 SDK is missing. Install it (https://dotnet.microsoft.com/download), then run this again.')
    exit 1
  }
  $env:DOTNET_NOLOGO = '1'
  dotnet run build.cs -- @args
  exit $LASTEXITCODE
}
finally { Pop-Location }
