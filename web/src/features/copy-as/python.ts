import { jsonText, pythonText, pythonValue } from './quoting.ts';
import { payloadOf, type Request, TOKEN } from './request.ts';

const READ = `answer = response.json()
if answer.get("errors"):
    raise SystemExit(json.dumps(answer["errors"], indent=2))
print(json.dumps(answer["data"], indent=2))
`;

const FOLLOW = `response.raise_for_status()
# Server-sent events, as they come.
for line in response.iter_lines(decode_unicode=True):
    print(line, flush=True)
`;

export function python(request: Request): string {
  const { endpoint, query, variables, isSubscription } = request;
  const { variables: has, operationName } = payloadOf(request);
  const body = [
    '"query": QUERY',
    has ? '"variables": VARIABLES' : [],
    operationName ? `"operationName": ${jsonText(operationName)}` : [],
  ].flat();
  return `# pip install requests
${isSubscription ? '' : 'import json\n'}import os

import requests

QUERY = ${pythonText(query)}

${has ? `VARIABLES = ${pythonValue(variables)}\n\n` : ''}response = requests.post(
    ${jsonText(endpoint)},
    headers={
        "Authorization": f"Bearer {os.environ['${TOKEN}']}",
        "Accept": "${isSubscription ? 'text/event-stream' : 'application/graphql-response+json'}",
    },
    json={${body.join(', ')}},
    ${isSubscription ? 'stream=True' : 'timeout=30'},
)
${isSubscription ? FOLLOW : READ}`;
}
