// Validates every .graphql document under web/ against the committed schema,
// and a document's sample variables (<name>.variables.json) with it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSchema, getOperationAST, getVariableValues, parse, Source, validate } from 'graphql';

const webRoot = fileURLToPath(new URL('..', import.meta.url));
const schemaFile = fileURLToPath(new URL('../../schema.graphql', import.meta.url));

/**
 * @param {string} file
 * @param {import('graphql').GraphQLSchema} schema
 * @returns {readonly string[]} what is wrong with the document
 */
function problemsOf(file, schema) {
  try {
    const document = parse(new Source(readFileSync(file, 'utf8'), file));
    const errors = [...validate(schema, document)];
    const variablesFile = file.replace(/\.graphql$/, '.variables.json');
    if (errors.length === 0 && existsSync(variablesFile)) {
      const definitions = getOperationAST(document)?.variableDefinitions ?? [];
      const variables = JSON.parse(readFileSync(variablesFile, 'utf8'));
      errors.push(...(getVariableValues(schema, definitions, variables).errors ?? []));
    }
    return errors.map(String);
  } catch (error) {
    return [String(error)];
  }
}

if (!existsSync(schemaFile)) {
  console.error(`documents: no schema at ${schemaFile}`);
  process.exit(1);
}

const schema = buildSchema(readFileSync(schemaFile, 'utf8'));
process.chdir(webRoot);
const documents = readdirSync('.', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.graphql') && !/^(dist|node_modules)\b/.test(file))
  .sort();

let failed = 0;
for (const file of documents) {
  const problems = problemsOf(file, schema);
  console.log(`${problems.length === 0 ? 'ok  ' : 'FAIL'}  ${file}`);
  for (const problem of problems) {
    console.log(`${problem}\n`);
  }
  failed += problems.length === 0 ? 0 : 1;
}
console.log(`documents: ${documents.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
