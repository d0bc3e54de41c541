// Audits an endpoint against the GraphQL-over-HTTP specification, where a
// recommendation ("warn") or an option ("notice") that is not met fails too.
import { serverAudits } from 'graphql-http';

const url = process.argv[2];
if (!url) {
  console.error('usage: npm run audit:http -- <endpoint-url>');
  process.exit(2);
}

/**
 * An audit throws where no answer came at all; that is an error like another.
 *
 * @param {import('graphql-http').Audit} audit
 * @returns {Promise<{ status: 'ok' | 'notice' | 'warn' | 'error', detail: string }>}
 */
async function run(audit) {
  try {
    const result = await audit.fn();
    if (result.status === 'ok') {
      return { status: 'ok', detail: '' };
    }
    const { status, headers } = result.response;
    const answer = `HTTP ${status}, ${headers.get('content-type') ?? 'no content-type'}`;
    return { status: result.status, detail: `${result.reason} (${answer})` };
  } catch (error) {
    return { status: 'error', detail: String(error) };
  }
}

// Of graphql-http 1.23; fewer would mean that some were skipped.
const AUDITS = 61;

const audits = serverAudits({ url });
const counts = { ok: 0, error: 0, warn: 0, notice: 0 };
for (const audit of audits) {
  const { status, detail } = await run(audit);
  counts[status] += 1;
  if (status !== 'ok') {
    console.log(`${status}: ${audit.id} ${audit.name}\n  ${detail}`);
  }
}

console.log(
  `graphql-http: ${counts.ok} of ${audits.length} ok, ` +
    `${counts.error} errors, ${counts.warn} warnings, ${counts.notice} notices`,
);
process.exitCode = counts.ok === AUDITS && audits.length === AUDITS ? 0 : 1;
