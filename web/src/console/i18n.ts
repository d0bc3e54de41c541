import type { ConfigProviderProps } from 'antd';
import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { en } from './locales/en.ts';
import type { enViews } from './locales/en-views.ts';
import { createPreference, createStore } from './store.ts';

export const LANGUAGES = { en: 'English', 'zh-CN': '简体中文' } as const;
export type Language = keyof typeof LANGUAGES;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'console';
    resources: { console: typeof en & typeof enViews };
  }
}

/** The language of the first of these tags that the console speaks; English if it speaks none. */
export function languageFor(tags: readonly string[]): Language {
  const spoken = tags.find((tag) => /^(en|zh)\b/i.test(tag));
  return spoken?.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

const preference = createPreference<Language>('language', (stored) =>
  languageFor(stored === null ? navigator.languages : [stored]),
);

/** What the component library says by itself, in the language shown. */
export const componentLocale = createStore<ConfigProviderProps['locale']>(undefined);

const load = {
  en: {
    first: async () => (await import('./locales/en.ts')).en,
    views: async () => (await import('./locales/en-views.ts')).enViews,
    component: async () => (await import('antd/locale/en_US')).default,
  },
  'zh-CN': {
    first: async () => (await import('./locales/zh-cn.ts')).zhCn,
    views: async () => (await import('./locales/zh-cn-views.ts')).zhCnViews,
    component: async () => (await import('antd/locale/zh_CN')).default,
  },
};

const i18n = createInstance();
let areViewsShown = false;

async function show(language: Language): Promise<void> {
  const { first, views, component } = load[language];
  const [texts, more, locale] = await Promise.all([
    first(),
    areViewsShown ? views() : undefined,
    component(),
  ]);
  i18n.addResourceBundle(language, 'console', { ...texts, ...more });
  await i18n.changeLanguage(language);
  componentLocale.set(locale);
  document.documentElement.lang = language;
}

/** Loads the texts of all views but the first, for one of them: they are no part of the first load. */
export async function loadViewTexts(): Promise<void> {
  areViewsShown = true;
  const language = i18n.language as Language;
  const texts = await load[language].views();
  i18n.addResourceBundle(language, 'console', texts, true, true);
}

export async function startLanguage(): Promise<void> {
  await i18n.use(initReactI18next).init({
    defaultNS: 'console',
    ns: ['console'],
    resources: {},
    fallbackLng: false,
    // React escapes what it shows.
    interpolation: { escapeValue: false },
  });
  await show(preference.get());
}

export async function setLanguage(language: Language): Promise<void> {
  preference.set(language);
  await show(language);
}
