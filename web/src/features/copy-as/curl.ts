import { jsonText, shellText } from './quoting.ts';
import { payloadOf, type Request, TOKEN } from './request.ts';

/** In a document that ends at a line of its own, a shell changes nothing: `$`, quotes and backslashes stay. */
export function curl(request: Request): string {
  const { endpoint, isSubscription } = request;
  const accept = isSubscription ? 'text/event-stream' : 'application/graphql-response+json';
  return `curl --silent --show-error --fail-with-body ${isSubscription ? '--no-buffer ' : ''}${shellText(endpoint)} \\
  --header "Authorization: Bearer \${${TOKEN}:?must hold a token}" \\
  --header 'Content-Type: application/json' \\
  --header 'Accept: ${accept}' \\
  --data-binary @- <<'JSON'
${jsonText(payloadOf(request))}
JSON
`;
}
