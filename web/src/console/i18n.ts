import type { ConfigProviderProps } from 'antd';
import { createInstance } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { en } from './locales/en.ts';
import { createPreference, createStore } from './store.ts';

export const LANGUAGES = { en: 'English', 'zh-CN': '简体中文' } as const;
export type Language = keyof typeof LANGUAGES;

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'console';
    resources: { console: typeof en };
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
  en: async () => {
    const [texts, locale] = await Promise.all([
      import('./locales/en.ts'),
      import('antd/locale/en_US'),
    ]);
    return { texts: texts.en, locale: locale.default };
  },
  'zh-CN': async () => {
    const [texts, locale] = await Promise.all([
      import('./locales/zh-cn.ts'),
      import('antd/locale/zh_CN'),
    ]);
    return { texts: texts.zhCn, locale: locale.default };
  },
};

const i18n = createInstance();

async function show(language: Language): Promise<void> {
  const { texts, locale } = await load[language]();
  i18n.addResourceBundle(language, 'console', texts);
  await i18n.changeLanguage(language);
  componentLocale.set(locale);
  document.documentElement.lang = language;
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
