import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
  retainSearchParams,
  stripSearchParams,
} from '@tanstack/react-router';
import { modelSearch } from '../features/models/model-page/versions/search.ts';
import { DEFAULT_SEARCH, modelsSearch } from '../features/models/search.ts';
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

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  component: SignInPage,
});

export const router = createRouter({
  routeTree: rootRoute.addChildren([homeRoute, modelsRoute, modelRoute, signInRoute]),
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
