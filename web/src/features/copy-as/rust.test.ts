import { expect, test } from 'vitest';
import { rustText } from './quoting.ts';
import { requestOf } from './request.ts';
import { rust } from './rust.ts';

const ENDPOINT = 'http://127.0.0.1:8321/graphql';

test.each([
  ['plain', 'r#"plain"#'],
  [`it's "quoted" \\n`, `r#"it's "quoted" \\n"#`],
  ['ends "# here', 'r##"ends "# here"##'],
  ['"###', 'r####""###"####'],
  ['a\u202eb "c" \\ \n', '"a\\u{202e}b \\"c\\" \\\\ \\n"'],
])('%j is written %s', (text, written) => {
  expect(rustText(text)).toBe(written);
});

test('a query with variables', () => {
  const request = requestOf(ENDPOINT, {
    query: 'query Q($text: String!) {\n  models(where: { search: $text }) { totalCount }\n}\n',
    variables: { text: `it's "#"# \\ 你好 \u202e` },
  });
  expect(rust(request)).toMatchInlineSnapshot(`
    "// cargo add reqwest --features blocking,json
    // cargo add serde_json
    use serde_json::{json, Value};

    const QUERY: &str = r#"query Q($text: String!) {
      models(where: { search: $text }) { totalCount }
    }"#;

    const VARIABLES: &str = r##"{
      "text": "it's \\"#\\"# \\\\ 你好 \\u202e"
    }"##;

    fn main() -> Result<(), Box<dyn std::error::Error>> {
        let token = std::env::var("MODELRY_TOKEN")?;
        let variables: Value = serde_json::from_str(VARIABLES)?;
        let answer: Value = reqwest::blocking::Client::new()
            .post("http://127.0.0.1:8321/graphql")
            .bearer_auth(token)
            .header("Accept", "application/graphql-response+json")
            .json(&json!({ "query": QUERY, "variables": variables }))
            .send()?
            .json()?;
        if let Some(errors) = answer.get("errors") {
            return Err(errors.to_string().into());
        }
        println!("{:#}", answer["data"]);
        Ok(())
    }
    "
  `);
});

test('a subscription', () => {
  const request = requestOf(ENDPOINT, {
    query: 'subscription { changes { id } }',
    variables: {},
  });
  expect(rust(request)).toMatchInlineSnapshot(`
    "// cargo add reqwest --features blocking,json
    // cargo add serde_json
    use serde_json::json;

    const QUERY: &str = r#"subscription { changes { id } }"#;

    fn main() -> Result<(), Box<dyn std::error::Error>> {
        let token = std::env::var("MODELRY_TOKEN")?;
        let mut response = reqwest::blocking::Client::builder()
            .timeout(None)
            .build()?
            .post("http://127.0.0.1:8321/graphql")
            .bearer_auth(token)
            .header("Accept", "text/event-stream")
            .json(&json!({ "query": QUERY }))
            .send()?
            .error_for_status()?;
        // Server-sent events, as they come.
        std::io::copy(&mut response, &mut std::io::stdout())?;
        Ok(())
    }
    "
  `);
});
