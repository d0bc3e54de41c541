import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  retainSearchParams,
  stripSearchParams,
} from '@tanstack/react-router';
import {
  capabilitiesSearch,
  DEFAULT_CAPABILITIES_SEARCH,
} from '../features/capabilities/search.ts';
import { categoriesSearch, DEFAULT_CATEGORIES_SEARCH } from '../features/categories/search.ts';
import { auditSearch, DEFAULT_AUDIT } from '../features/changes/audit/search.ts';
import {
  DEFAULT_DEPRECATIONS,
  deprecationsSearch,
} from '../features/changes/deprecations/search.ts';
import { changesSearch, DEFAULT_CHANGES } from '../features/changes/search.ts';
import { changeSetSearch } from '../features/changes/set-page/search.ts';
import { compareSearch, DEFAULT_COMPARE } from '../features/compare/search.ts';
import { DEFAULT_IMPORT_SEARCH, importSearch } from '../features/import/search.ts';
import { modelSearch } from '../features/models/model-page/versions/search.ts';
import { newModelSearch } from '../features/models/new-model/search.ts';
import { DEFAULT_SEARCH, modelsSearch } from '../features/models/search.ts';
import { DEFAULT_SUPPLIERS_SEARCH, suppliersSearch } from '../features/suppliers/search.ts';
import { FIRST_PAGE } from './address.ts';
import { asOfSearch } from './as-of/search.ts';
import { BrokenView } from './broken-view.tsx';
import { loadViewTexts } from './i18n.ts';
import { loadPart } from './parts.ts';
import { parseSearch, stringifySearch } from './search-params.ts';
import { Shell } from './shell.tsx';
import { SignInPage } from './sign-in.tsx';
import { NotFound } from './states.tsx';

/** A view but the first: its component, once its texts are there, too. */
const view: typeof lazyRouteComponent = (load, name) =>
  lazyRouteComponent(
    () =>
      loadPart(async () => {
        const [module] = await Promise.all([load(), loadViewTexts()]);
        return module;
      }),
    name,
  );

const rootRoute = createRootRoute({
  validateSearch: asOfSearch,
  search: { middlewares: [retainSearchParams(['at'])] },
  component: Shell,
  notFoundComponent: () => <NotFound />,
});

const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/models', replace: true });
  },
});

export const modelsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/models',
  validateSearch: modelsSearch,
  search: { middlewares: [stripSearchParams(DEFAULT_SEARCH)] },
  component: lazyRouteComponent(
    () => loadPart(() => import('../features/models/models-page.tsx')),
    'ModelsPage',
  ),
});

const newModelRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/models/new',
  validateSearch: newModelSearch,
  component: view(() => import('../features/models/new-model/new-model-page.tsx'), 'NewModelPage'),
});

export const modelRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/models/$modelId',
  validateSearch: modelSearch,
  component: view(() => import('../features/models/model-page/model-page.tsx'), 'ModelPage'),
});

export const categoriesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/categories',
  validateSearch: categoriesSearch,
  search: { middlewares: [stripSearchParams(DEFAULT_CATEGORIES_SEARCH)] },
  component: view(() => import('../features/categories/categories-page.tsx'), 'CategoriesPage'),
});

export const suppliersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/suppliers',
  validateSearch: suppliersSearch,
  search: { middlewares: [stripSearchParams(DEFAULT_SUPPLIERS_SEARCH)] },
  component: view(() => import('../features/suppliers/suppliers-page.tsx'), 'SuppliersPage'),
});

export const supplierRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/suppliers/$supplierId',
  component: view(() => import('../features/suppliers/supplier-page.tsx'), 'SupplierPage'),
});

export const capabilitiesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/capabilities',
  validateSearch: capabilitiesSearch,
  search: { middlewares: [stripSearchParams(DEFAULT_CAPABILITIES_SEARCH)] },
  component: view(
    () => import('../features/capabilities/capabilities-page.tsx'),
    'CapabilitiesPage',
  ),
});

const changesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/changes',
  validateSearch: changesSearch,
  search: { middlewares: [stripSearchParams(DEFAULT_CHANGES)] },
  component: view(() => import('../features/changes/changes-page.tsx'), 'ChangesPage'),
});

const changeSetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/changes/$changeSetId',
  validateSearch: changeSetSearch,
  search: { middlewares: [stripSearchParams(FIRST_PAGE)] },
  component: view(
    () => import('../features/changes/set-page/change-set-page.tsx'),
    'ChangeSetPage',
  ),
});

const auditRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/changes/audit',
  validateSearch: auditSearch,
  search: { middlewares: [stripSearchParams(DEFAULT_AUDIT)] },
  component: view(() => import('../features/changes/audit/audit-page.tsx'), 'AuditPage'),
});

const deprecationsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/changes/deprecations',
  validateSearch: deprecationsSearch,
  search: { middlewares: [stripSearchParams(DEFAULT_DEPRECATIONS)] },
  component: view(
    () => import('../features/changes/deprecations/deprecations-page.tsx'),
    'DeprecationsPage',
  ),
});

const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings',
  component: view(() => import('../features/settings/settings-page.tsx'), 'SettingsPage'),
});

export const compareRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/compare',
  validateSearch: compareSearch,
  search: { middlewares: [stripSearchParams(DEFAULT_COMPARE)] },
  component: view(() => import('../features/compare/compare-page.tsx'), 'ComparePage'),
});

const graphiqlRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/graphiql',
  component: view(() => import('../features/graphiql/graphiql-page.tsx'), 'GraphiqlPage'),
});

export const importRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/import',
  validateSearch: importSearch,
  search: { middlewares: [stripSearchParams(DEFAULT_IMPORT_SEARCH)] },
  component: view(() => import('../features/import/import-page.tsx'), 'ImportPage'),
});

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  component: SignInPage,
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    homeRoute,
    modelsRoute,
    suppliersRoute,
    supplierRoute,
    categoriesRoute,
    capabilitiesRoute,
    changesRoute,
    changeSetRoute,
    auditRoute,
    deprecationsRoute,
    settingsRoute,
    newModelRoute,
    modelRoute,
    compareRoute,
    importRoute,
    graphiqlRoute,
    signInRoute,
  ]),
  parseSearch,
  stringifySearch,
  defaultErrorComponent: BrokenView,
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
