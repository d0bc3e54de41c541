/**
 * A model as models.dev writes it: its name, the dollars for a million tokens of input, of which output costs four times
 * as much, and how many tokens it takes.
 *
 * @param {string} name
 * @param {number} input
 * @param {number} context
 * @param {boolean} [hasTools]
 */
export const model = (name, input, context, hasTools = true) => ({
  name,
  cost: { input, output: input * 4 },
  limit: { context, output: 8192 },
  tool_call: hasTools,
  modalities: { input: ['text'], output: ['text'] },
});

/**
 * A file of one supplier's models, to be chosen in the browser.
 *
 * @param {string} fileName
 * @param {{ id: string, name: string, models: Record<string, object> }} supplier
 */
export const fileOf = (fileName, supplier) => ({
  name: fileName,
  mimeType: 'application/json',
  buffer: Buffer.from(JSON.stringify({ [supplier.id]: supplier }, null, 2)),
});
