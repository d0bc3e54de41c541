import { graphql } from '../../gql/index.ts';

/** How many models are directly in which category: one answer for all of them. */
export const OwnCountsDocument = graphql(`
  query OwnCounts {
    models(first: 1) {
      facets {
        categories {
          value
          count
        }
      }
    }
  }
`);

export const COUNTS_AT_A_TIME = 20;

/**
 * How many models meet each of some conditions. A count of its own is answered from memory, where one
 * within each category of a list would take a statement.
 */
export const CountsDocument = graphql(`
  query Counts(
    $c0: ModelWhere
    $c1: ModelWhere
    $c2: ModelWhere
    $c3: ModelWhere
    $c4: ModelWhere
    $c5: ModelWhere
    $c6: ModelWhere
    $c7: ModelWhere
    $c8: ModelWhere
    $c9: ModelWhere
    $c10: ModelWhere
    $c11: ModelWhere
    $c12: ModelWhere
    $c13: ModelWhere
    $c14: ModelWhere
    $c15: ModelWhere
    $c16: ModelWhere
    $c17: ModelWhere
    $c18: ModelWhere
    $c19: ModelWhere
  ) {
    c0: models(first: 1, where: $c0) {
      totalCount
    }
    c1: models(first: 1, where: $c1) {
      totalCount
    }
    c2: models(first: 1, where: $c2) {
      totalCount
    }
    c3: models(first: 1, where: $c3) {
      totalCount
    }
    c4: models(first: 1, where: $c4) {
      totalCount
    }
    c5: models(first: 1, where: $c5) {
      totalCount
    }
    c6: models(first: 1, where: $c6) {
      totalCount
    }
    c7: models(first: 1, where: $c7) {
      totalCount
    }
    c8: models(first: 1, where: $c8) {
      totalCount
    }
    c9: models(first: 1, where: $c9) {
      totalCount
    }
    c10: models(first: 1, where: $c10) {
      totalCount
    }
    c11: models(first: 1, where: $c11) {
      totalCount
    }
    c12: models(first: 1, where: $c12) {
      totalCount
    }
    c13: models(first: 1, where: $c13) {
      totalCount
    }
    c14: models(first: 1, where: $c14) {
      totalCount
    }
    c15: models(first: 1, where: $c15) {
      totalCount
    }
    c16: models(first: 1, where: $c16) {
      totalCount
    }
    c17: models(first: 1, where: $c17) {
      totalCount
    }
    c18: models(first: 1, where: $c18) {
      totalCount
    }
    c19: models(first: 1, where: $c19) {
      totalCount
    }
  }
`);
