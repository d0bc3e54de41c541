import { type DocumentType, graphql } from '../../gql/index.ts';

/** What a row of the tree shows, and its form changes. */
export const CategoryFragment = graphql(`
  fragment CategoryNode on Category {
    id
    databaseId
    name
    displayName
    description
    categoryType
    isActive
    path
    position
    version
    createdAt
    updatedAt
    deletedAt
    parent {
      id
    }
  }
`);

export type CategoryNode = DocumentType<typeof CategoryFragment>;

/** All live categories at once, and on demand those deleted last. */
export const TreeDocument = graphql(`
  query Categories($withDeleted: Boolean!) {
    categoryTree(maxDepth: 1) {
      id
      ...CategoryNode
      descendants {
        id
        ...CategoryNode
      }
    }
    deleted: categories(
      first: 100
      where: { deleted: ONLY }
      orderBy: [{ field: UPDATED_AT, direction: DESC }]
    ) @include(if: $withDeleted) {
      totalCount
      nodes {
        id
        ...CategoryNode
      }
    }
  }
`);

export const MoveDocument = graphql(`
  mutation MoveCategory($input: MoveCategoryInput!) {
    moveCategory(input: $input) {
      category {
        id
        ...CategoryNode
      }
      changeSet {
        id
      }
      userErrors {
        ...UserErrorDetails
      }
    }
  }
`);

export const UpdateDocument = graphql(`
  mutation UpdateCategory($input: UpdateCategoryInput!) {
    updateCategory(input: $input) {
      category {
        id
        ...CategoryNode
      }
      changeSet {
        id
      }
      userErrors {
        ...UserErrorDetails
      }
    }
  }
`);

export const CreateDocument = graphql(`
  mutation CreateCategory($input: CreateCategoryInput!) {
    createCategory(input: $input) {
      category {
        id
        ...CategoryNode
      }
      changeSet {
        id
      }
      userErrors {
        ...UserErrorDetails
      }
    }
  }
`);

export const DeleteDocument = graphql(`
  mutation DeleteCategory($input: DeleteCategoryInput!) {
    deleteCategory(input: $input) {
      category {
        id
        deletedAt
        version
      }
      changeSet {
        id
      }
      userErrors {
        ...UserErrorDetails
      }
    }
  }
`);

export const RestoreDocument = graphql(`
  mutation RestoreCategory($input: RestoreCategoryInput!) {
    restoreCategory(input: $input) {
      category {
        id
        deletedAt
        version
      }
      changeSet {
        id
      }
      userErrors {
        ...UserErrorDetails
      }
    }
  }
`);
