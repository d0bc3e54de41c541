import treeQuery from './samples/category-tree.graphql?raw';
import followQuery from './samples/follow-changes.graphql?raw';
import listQuery from './samples/list-models.graphql?raw';
import listVariables from './samples/list-models.variables.json?raw';
import pickQuery from './samples/pick-models.graphql?raw';
import pickVariables from './samples/pick-models.variables.json?raw';

/** The tabs of a first visit; GraphiQL then keeps the visitor's own in the browser. */
export const samples = [
  { query: pickQuery, variables: pickVariables },
  { query: listQuery, variables: listVariables },
  { query: treeQuery },
  { query: followQuery },
];

/**
 * GraphiQL fills the variables of the tab that opens from its storage alone, so
 * on a first visit the first sample has to be there too.
 */
export function openFirstSample(storage: Storage): void {
  if (storage.getItem('graphiql:tabState') === null) {
    storage.setItem('graphiql:query', pickQuery);
    storage.setItem('graphiql:variables', pickVariables);
  }
}
