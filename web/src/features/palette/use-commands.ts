import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useTravel } from '../../console/as-of/as-of.tsx';
import { useAsOf } from '../../console/as-of/as-of-context.ts';
import { isDialogOpen } from '../../console/as-of/dialog-store.ts';
import { LANGUAGES, type Language, setLanguage } from '../../console/i18n.ts';
import { useSession } from '../../console/session.tsx';
import { THEMES, themePreference } from '../../console/theme.tsx';
import { DEFAULT_COMPARE } from '../compare/search.ts';
import { DEFAULT_SEARCH } from '../models/search.ts';

/** What the console can do wherever one is. */
export function useCommands() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const travel = useTravel();
  const moment = useAsOf();
  const { mayWrite } = useSession();
  return [
    {
      value: 'models',
      label: t('palette.toModels'),
      run: () => void navigate({ to: '/models', search: DEFAULT_SEARCH }),
    },
    {
      value: 'deleted',
      label: t('palette.toDeleted'),
      run: () => void navigate({ to: '/models', search: { deleted: 'only' } }),
    },
    {
      value: 'suppliers',
      label: t('palette.toSuppliers'),
      run: () => void navigate({ to: '/suppliers' }),
    },
    {
      value: 'categories',
      label: t('palette.toCategories'),
      run: () => void navigate({ to: '/categories' }),
    },
    {
      value: 'capabilities',
      label: t('palette.toCapabilities'),
      run: () => void navigate({ to: '/capabilities' }),
    },
    {
      value: 'changes',
      label: t('palette.toChanges'),
      run: () => void navigate({ to: '/changes' }),
    },
    {
      value: 'deprecations',
      label: t('palette.toDeprecations'),
      run: () => void navigate({ to: '/changes/deprecations' }),
    },
    {
      value: 'audit',
      label: t('palette.toAudit'),
      run: () => void navigate({ to: '/changes/audit' }),
    },
    {
      value: 'settings',
      label: t('palette.toSettings'),
      run: () => void navigate({ to: '/settings' }),
    },
    ...(mayWrite
      ? [
          {
            value: 'new-model',
            label: t('views.newModel'),
            run: () => void navigate({ to: '/models/new' }),
          },
        ]
      : []),
    {
      value: 'compare',
      label: t('palette.toCompare'),
      run: () => void navigate({ to: '/compare', search: DEFAULT_COMPARE }),
    },
    {
      value: 'graphiql',
      label: t('palette.toGraphiql'),
      run: () => void navigate({ to: '/graphiql' }),
    },
    { value: 'import', label: t('palette.toImport'), run: () => void navigate({ to: '/import' }) },
    {
      value: 'sign-in',
      label: t('palette.toSignIn'),
      run: () => void navigate({ to: '/sign-in' }),
    },
    { value: 'as-of', label: t('asOf.title'), run: () => isDialogOpen.set(true) },
    ...(moment ? [{ value: 'now', label: t('asOf.back'), run: () => travel(undefined) }] : []),
    ...THEMES.map((theme) => ({
      value: `theme:${theme}`,
      label: `${t('shell.theme')}: ${t(`shell.themes.${theme}`)}`,
      run: () => themePreference.set(theme),
    })),
    ...Object.entries(LANGUAGES).map(([language, name]) => ({
      value: `language:${language}`,
      label: `${t('shell.language')}: ${name}`,
      run: () => void setLanguage(language as Language),
    })),
  ];
}
