import { jsonText, rustText } from './quoting.ts';
import { payloadOf, type Request, TOKEN } from './request.ts';

const READ = `        .send()?
        .json()?;
    if let Some(errors) = answer.get("errors") {
        return Err(errors.to_string().into());
    }
    println!("{:#}", answer["data"]);
    Ok(())
}
`;

const FOLLOW = `        .send()?
        .error_for_status()?;
    // Server-sent events, as they come.
    std::io::copy(&mut response, &mut std::io::stdout())?;
    Ok(())
}
`;

export function rust(request: Request): string {
  const { endpoint, query, variables, isSubscription } = request;
  const { variables: has, operationName } = payloadOf(request);
  const body = [
    '"query": QUERY',
    has ? '"variables": variables' : [],
    operationName ? `"operationName": ${jsonText(operationName)}` : [],
  ].flat();
  const start = isSubscription
    ? 'let mut response = reqwest::blocking::Client::builder()\n        .timeout(None)\n        .build()?'
    : 'let answer: Value = reqwest::blocking::Client::new()';
  return `// cargo add reqwest --features blocking,json
// cargo add serde_json
use serde_json::${has || !isSubscription ? '{json, Value}' : 'json'};

const QUERY: &str = ${rustText(query)};

${has ? `const VARIABLES: &str = ${rustText(jsonText(variables))};\n\n` : ''}fn main() -> Result<(), Box<dyn std::error::Error>> {
    let token = std::env::var("${TOKEN}")?;
${has ? '    let variables: Value = serde_json::from_str(VARIABLES)?;\n' : ''}    ${start}
        .post(${jsonText(endpoint)})
        .bearer_auth(token)
        .header("Accept", "${isSubscription ? 'text/event-stream' : 'application/graphql-response+json'}")
        .json(&json!({ ${body.join(', ')} }))
${isSubscription ? FOLLOW : READ}`;
}
