/** The operation that the address brings behind its `#`, as the console's links do. */
export interface Operation {
  query: string;
  variables: string;
}

export function operationOf(hash: string): Operation | undefined {
  const params = new URLSearchParams(hash.replace(/^#/, ''));
  const query = params.get('query');
  return query ? { query, variables: params.get('variables') ?? '' } : undefined;
}
