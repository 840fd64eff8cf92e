namespace Slimmable.Runtime.Tests;

public sealed class ConcurrencyTests(SampleBundle sample) : IClassFixture<SampleBundle>
{
    private const int Callers = 8;

    [Fact]
    public void Callers_at_once_each_get_their_own_answers()
    {
        RunCallers(caller =>
        {
            var random = new Random(caller);
            for (var request = 0; request < 40; request++)
            {
                var rows = Enumerable.Range(0, random.Next(1, 6)).Select(_ => random.Next(SampleNetwork.Inputs)).ToArray();
                var input = rows.SelectMany(row => SampleNetwork.InputRow(row).ToArray()).ToArray();
                var answer = sample.Model.Route(input);
                var forced = sample.Model.Subnets[random.Next(sample.Model.Subnets.Count)].Name;
                Near.Equal(sample.Model.RunStandalone(input, forced), sample.Model.Route(input, forced));
                foreach (var (position, row) in rows.Index())
                {
                    Assert.Equal(sample.Alone[row].Subnets[0], answer.Subnets[position]);
                    Near.Equal(sample.Alone[row].Logits, answer.LogitsOf(position));
                }
            }
        });
    }

    [Fact]
    public void Requests_that_run_when_the_model_is_disposed_of_finish_and_later_ones_are_refused()
    {
        var model = SlimmableModel.Load(sample.Folder);
        using var running = new CountdownEvent(Callers);
        RunCallers(caller =>
        {
            for (var request = 0; ; request++)
            {
                try
                {
                    Near.Equal(sample.Alone[caller], model.Route(SampleNetwork.InputRow(caller)));
                }
                catch (ObjectDisposedException)
                {
                    Assert.True(request > 0);
                    return;
                }

                if (request == 0 && running.Signal())
                {
                    model.Dispose();
                }
            }
        });
    }

    private static void RunCallers(Action<int> call)
    {
        Exception?[] faults = new Exception?[Callers];
        var threads = Enumerable.Range(0, Callers).Select(caller => new Thread(() => faults[caller] = Record.Exception(() => call(caller)))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.All(faults, Assert.Null);
    }
}
