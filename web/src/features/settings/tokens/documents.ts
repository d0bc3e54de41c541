import { type DocumentType, graphql } from '../../../gql/index.ts';

export const TokensDocument = graphql(`
  query ApiTokens {
    apiTokens {
      id
      name
      role
      scopes
      hint
      createdAt
      createdBy
      expiresAt
      lastUsedAt
    }
  }
`);

export type Token = DocumentType<typeof TokensDocument>['apiTokens'][number];

export const CreateTokenDocument = graphql(`
  mutation CreateToken($input: CreateApiTokenInput!) {
    createApiToken(input: $input) {
      token
      apiToken {
        id
        name
      }
      userErrors {
        ...UserErrorDetails
      }
    }
  }
`);

export const RevokeTokenDocument = graphql(`
  mutation RevokeToken($input: RevokeApiTokenInput!) {
    revokeApiToken(input: $input) {
      apiToken {
        id
      }
      userErrors {
        ...UserErrorDetails
      }
    }
  }
`);
