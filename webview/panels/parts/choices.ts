import { formatInteger } from '../../draw/format';

/** A loss in nats in words that can be pictured, by its perplexity: "as if choosing among 8.2 characters". */
export function asChoices(loss: number): string {
  const perplexity = Math.exp(loss);
  return `as if choosing among ${perplexity < 19.95 ? perplexity.toFixed(1) : formatInteger(perplexity)} characters`;
}
