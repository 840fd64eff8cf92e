namespace Slimmable.Training;

/// <summary>
/// The one number by which a gate is turned towards cheap or dear: each candidate's score is lowered by dial times cost. Where scores are what an
/// answer is worth, the dial is the price of computing (the Lagrange multiplier of a bound on the mean cost), and the largest priced score the
/// best choice. The mean cost never rises with the dial.
/// </summary>
/// <param name="scores"><c>[images, candidates]</c>, row-major.</param>
/// <param name="costs">By candidate, ascending.</param>
internal sealed class GateDial(float[] scores, double[] costs)
{
    /// <summary>Halvings of the range in which the dial is looked for; more than the bits of a number.</summary>
    private const int Halvings = 80;

    /// <summary>The dial whose mean cost is nearest to a target.</summary>
    /// <param name="target">Within the costs.</param>
    public double At(double target)
    {
        // A dial beyond the largest difference of scores over the smallest of costs sends all images to one end.
        var span = scores.Max() - scores.Min();
        var beyond = 1 + ((span + 1) / costs.Zip(costs.Skip(1), (cheap, dear) => dear - cheap).DefaultIfEmpty(1).Min());
        var (dear, cheap) = (-beyond, beyond);
        for (var halving = 0; halving < Halvings; halving++)
        {
            var middle = (dear + cheap) / 2;
            (dear, cheap) = MeanCost(middle) > target ? (middle, cheap) : (dear, middle);
        }

        return Math.Abs(MeanCost(dear) - target) < Math.Abs(MeanCost(cheap) - target) ? dear : cheap;
    }

    /// <summary>The mean cost at a dial.</summary>
    public double MeanCost(double dial)
    {
        var sum = 0.0;
        for (var row = 0; row < scores.Length; row += costs.Length)
        {
            var best = 0;
            for (var index = 1; index < costs.Length; index++)
            {
                best = scores[row + index] - (dial * costs[index]) > scores[row + best] - (dial * costs[best]) ? index : best;
            }

            sum += costs[best];
        }

        return sum * costs.Length / scores.Length;
    }
}
