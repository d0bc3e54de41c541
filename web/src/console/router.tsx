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
import { modelSearch } from '../features/models/model-page/versions/search.ts';
import { DEFAULT_SEARCH, modelsSearch } from '../features/models/search.ts';
import { DEFAULT_SUPPLIERS_SEARCH, suppliersSearch } from '../features/suppliers/search.ts';
import { asOfSearch } from './as-of/search.ts';
import { parseSearch, stringifySearch } from './search-params.ts';
import { Shell } from './shell.tsx';
import { SignInPage } from './sign-in.tsx';
import { BrokenView, NotFound } from './states.tsx';

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
  component: lazyRouteComponent(() => import('../features/models/models-page.tsx'), 'ModelsPage'),
});

export const modelRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/models/$modelId',
  validateSearch: modelSearch,
  component: lazyRouteComponent(
    () => import('../features/models/model-page/model-page.tsx'),
    'ModelPage',
  ),
});

export const categoriesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/categories',
  validateSearch: categoriesSearch,
  search: { middlewares: [stripSearchParams(DEFAULT_CATEGORIES_SEARCH)] },
  component: lazyRouteComponent(
    () => import('../features/categories/categories-page.tsx'),
    'CategoriesPage',
  ),
});

export const suppliersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/suppliers',
  validateSearch: suppliersSearch,
  search: { middlewares: [stripSearchParams(DEFAULT_SUPPLIERS_SEARCH)] },
  component: lazyRouteComponent(
    () => import('../features/suppliers/suppliers-page.tsx'),
    'SuppliersPage',
  ),
});

export const supplierRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/suppliers/$supplierId',
  component: lazyRouteComponent(
    () => import('../features/suppliers/supplier-page.tsx'),
    'SupplierPage',
  ),
});

export const capabilitiesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/capabilities',
  validateSearch: capabilitiesSearch,
  search: { middlewares: [stripSearchParams(DEFAULT_CAPABILITIES_SEARCH)] },
  component: lazyRouteComponent(
    () => import('../features/capabilities/capabilities-page.tsx'),
    'CapabilitiesPage',
  ),
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
    modelRoute,
    suppliersRoute,
    supplierRoute,
    categoriesRoute,
    capabilitiesRoute,
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
