export const graphiql = {
  save: {
    open: 'Save',
    title: 'Save this query',
    name: 'Name',
    save: 'Save',
    replace: 'Replace',
    cancel: 'Cancel',
    where: 'It is kept in this browser, with its variables. Headers are not kept.',
    willReplace: 'A query of this name is there: it will be replaced.',
    badName: 'A name of 1 to 100 characters',
    empty: 'The tab is empty: there is nothing to save.',
    failed: 'This browser has no room for it, or does not allow it. Nothing was changed.',
  },
  saved: {
    title: 'Saved queries ({{count}})',
    heading: 'Saved queries',
    empty: 'None yet. What you save stays in this browser.',
    export: 'Export',
    import: 'Import a file',
    rename: 'Rename {{name}}',
    delete: 'Delete {{name}}',
    takeName: 'Rename',
    taken: 'Another query has this name.',
    deleted: '“{{name}}” was deleted.',
    undo: 'Undo',
    noFile: '{{name}} is not a file of saved queries: export one to see what it looks like.',
    imported_one: '{{count}} query was added.',
    imported_other: '{{count}} queries were added.',
    dropped_one: '{{count}} entry could not be read.',
    dropped_other: '{{count}} entries could not be read.',
  },
};

export const copyAs = {
  title: 'Copy as code',
  language: 'Language',
  copy: 'Copy',
  copied: 'Copied',
  token:
    'It runs as it is, with a token in the environment variable {{variable}}. “modelry token create” makes one; the code holds none.',
  byHand: 'This browser does not let the page copy. The code is selected: press Ctrl+C or ⌘C.',
  badVariables: 'The variables are not a JSON object. Correct them first.',
};
