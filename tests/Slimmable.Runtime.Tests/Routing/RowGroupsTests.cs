using FsCheck;
using FsCheck.Fluent;

namespace Slimmable.Runtime.Tests;

public sealed class RowGroupsTests
{
    [Fact]
    public void A_group_holds_the_rows_of_its_subnet_in_order_for_any_batch_and_after_any_other()
    {
        const int Subnets = 4;
        var groups = new RowGroups(capacity: 64, Subnets);
        var batches = Gen.Choose(0, Subnets - 1).ArrayOf().Where(batch => batch.Length <= 64).ToArbitrary();

        Prop.ForAll(batches, chosen =>
        {
            groups.Set(chosen);
            for (var subnet = 0; subnet < Subnets; subnet++)
            {
                Assert.Equal(Enumerable.Range(0, chosen.Length).Where(row => chosen[row] == subnet), groups.Of(subnet).ToArray());
            }
        }).QuickCheckThrowOnFailure();
    }
}
