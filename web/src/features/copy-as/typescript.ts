import { jsonText, templateText } from './quoting.ts';
import { payloadOf, type Request, TOKEN } from './request.ts';

const START = `// Runs in Node.js, Deno and Bun without a library.
`;

const TYPES = (
  origin: string,
) => `// GraphQL Code Generator writes the exact type of \`data\`, from ${origin}/schema.graphql
interface Answer {
  data?: Record<string, unknown> | null;
  errors?: { message: string; path?: (string | number)[] }[];
}

`;

const READ = `const { data, errors } = (await response.json()) as Answer;
if (errors) {
  throw new Error(errors.map(({ message }) => message).join('\\n'));
}
console.log(JSON.stringify(data, null, 2));
`;

const FOLLOW = `if (!response.ok || !response.body) {
  throw new Error(await response.text());
}
// Server-sent events, as they come.
const decoder = new TextDecoder();
for await (const part of response.body) {
  process.stdout.write(decoder.decode(part, { stream: true }));
}
`;

export function typescript(request: Request): string {
  const { endpoint, query, variables, isSubscription } = request;
  const { variables: has, operationName } = payloadOf(request);
  const body = [
    'query',
    has ? 'variables' : [],
    operationName ? `operationName: ${jsonText(operationName)}` : [],
  ].flat();
  return `${START}const endpoint = ${jsonText(endpoint)};
const token = process.env.${TOKEN};
if (!token) {
  throw new Error('${TOKEN} must hold a token');
}

const query = ${templateText(query)};

${has ? `const variables = ${jsonText(variables)};\n\n` : ''}${isSubscription ? '' : TYPES(new URL(endpoint).origin)}const response = await fetch(endpoint, {
  method: 'POST',
  headers: {
    Authorization: \`Bearer \${token}\`,
    'Content-Type': 'application/json',
    Accept: '${isSubscription ? 'text/event-stream' : 'application/graphql-response+json'}',
  },
  body: JSON.stringify({ ${body.join(', ')} }),
});
${isSubscription ? FOLLOW : READ}
export {};
`;
}
