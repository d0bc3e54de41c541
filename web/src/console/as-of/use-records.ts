import { useQuery } from 'urql';
import { graphql } from '../../gql/index.ts';

const RecordsDocument = graphql(`
  query FirstRecord {
    changeSets(last: 1) {
      nodes {
        id
        createdAt
      }
    }
  }
`);

/** When the catalogue's records begin; undefined as long as that isn't known. Nothing was before. */
export function useFirstRecord(options: { pause?: boolean } = {}): string | undefined {
  const [{ data }] = useQuery({ query: RecordsDocument, ...options });
  return data?.changeSets.nodes[0]?.createdAt;
}

export const isBefore = (moment: string, other: string) => Date.parse(moment) < Date.parse(other);
