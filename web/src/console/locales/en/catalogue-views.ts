/** What the views of suppliers, categories and capabilities share. */
export const catalogueViews = {
  showDeleted: 'Show deleted',
  delete: 'Delete',
  deleteTitle: 'Delete “{{name}}”?',
  deleteRestorable: 'It can be restored later.',
  created: '“{{name}}” was created',
  saved: '“{{name}}” was saved',
  deleted: '“{{name}}” was deleted',
  restored: '“{{name}}” was restored',
  units: {
    '1M tokens': '1M tokens',
    '1M characters': '1M characters',
    '1M pixels': '1M pixels',
    image: 'image',
    second: 'second',
    request: 'request',
    query: 'query',
    page: 'page',
    session: 'session',
  },
  notRestored: '“{{name}}” could not be restored: {{problem}}',
};
