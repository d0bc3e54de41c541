import { graphql } from '../../gql/index.ts';

export const ServerLimitsDocument = graphql(`
  query ServerLimits {
    server {
      maxImportBytes
    }
  }
`);

export const RecentImportsDocument = graphql(`
  query RecentImports($until: DateTime) {
    changeSets(first: 5, where: { operations: ["importCatalogue"], until: $until }) {
      nodes {
        id
        databaseId
        actor
        createdAt
        reason
        source {
          name
          format
        }
        revertedBy {
          id
        }
      }
    }
  }
`);

export const ImportedDocument = graphql(`
  query Imported($id: ID!) {
    node(id: $id) {
      id
      ... on ChangeSet {
        revertedBy {
          id
        }
      }
    }
  }
`);

export const LastChangeSetDocument = graphql(`
  query LastChangeSet {
    changeSets(first: 1) {
      nodes {
        id
      }
    }
  }
`);
