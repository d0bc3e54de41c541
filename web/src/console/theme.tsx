import { LoadingOutlined } from '@ant-design/icons';
import { ConfigProvider, theme as library } from 'antd';
import { type ReactNode, useLayoutEffect } from 'react';
import { componentLocale } from './i18n.ts';
import { createPreference, createStore, useStore } from './store.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const themePreference = createPreference<Theme>(
  'theme',
  (stored) => THEMES.find((theme) => theme === stored) ?? 'system',
);

const darkScheme = matchMedia('(prefers-color-scheme: dark)');
const systemIsDark = createStore(darkScheme.matches);
darkScheme.addEventListener('change', ({ matches }) => systemIsDark.set(matches));

const stillness = matchMedia('(prefers-reduced-motion: reduce)');
const wantsStillness = createStore(stillness.matches);
stillness.addEventListener('change', ({ matches }) => wantsStillness.set(matches));

/**
 * The console's own colours; the component library's follow from them. Each text is at least 4.5 to 1 on its ground, and
 * each line of a chart 3 to 1.
 */
const palettes = {
  light: {
    ground: '#f5f6f8',
    surface: '#ffffff',
    raised: '#fafbfc',
    line: '#e2e5ea',
    text: '#171a21',
    muted: '#565f6d',
    accent: '#4338ca',
    control: '#4338ca',
    'control-hover': '#5a50d8',
    tint: '#eef0ff',
    good: '#15703d',
    warn: '#8a4b08',
    past: '#fbf4e6',
    'series-1': '#4338ca',
    'series-2': '#b45309',
    'series-3': '#0f766e',
    'series-4': '#be185d',
    'series-5': '#0369a1',
    'series-6': '#4d7c0f',
    'series-7': '#7e22ce',
    'series-8': '#57606c',
    bad: '#b42318',
    'on-bad': '#ffffff',
    'mark-ground': '55% 90%',
    'mark-text': '60% 24%',
  },
  dark: {
    ground: '#0e1116',
    surface: '#161a21',
    raised: '#1b2029',
    line: '#2b313c',
    text: '#e7e9ee',
    muted: '#9ea7b5',
    accent: '#a5b0ff',
    control: '#5b55e0',
    'control-hover': '#6762e6',
    tint: '#23284a',
    good: '#6fd39a',
    warn: '#f0b968',
    past: '#1f1a10',
    'series-1': '#a5b0ff',
    'series-2': '#f0b968',
    'series-3': '#5eead4',
    'series-4': '#f9a8d4',
    'series-5': '#7dd3fc',
    'series-6': '#bef264',
    'series-7': '#d8b4fe',
    'series-8': '#b6bec9',
    bad: '#ff9c92',
    'on-bad': '#0e1116',
    'mark-ground': '30% 24%',
    'mark-text': '60% 86%',
  },
};

/** Light or dark, whoever chose it. */
export function useShownTheme(): 'light' | 'dark' {
  const chosen = useStore(themePreference);
  const system = useStore(systemIsDark) ? 'dark' : 'light';
  return chosen === 'system' ? system : chosen;
}

export function ThemeProvider({ children }: { children: ReactNode }) {
  const shown = useShownTheme();
  const locale = useStore(componentLocale);
  const palette = palettes[shown];
  const isStill = useStore(wantsStillness);

  useLayoutEffect(() => {
    const { style } = document.documentElement;
    style.colorScheme = shown;
    for (const [name, color] of Object.entries(palette)) {
      style.setProperty(`--${name}`, color);
    }
  }, [shown, palette]);

  return (
    <ConfigProvider
      {...(locale ? { locale } : {})}
      button={{ autoInsertSpace: false, loadingIcon: <LoadingOutlined aria-hidden /> }}
      theme={{
        algorithm: shown === 'dark' ? library.darkAlgorithm : library.defaultAlgorithm,
        token: {
          borderRadius: 6,
          colorBgBase: palette.surface,
          colorBgContainer: palette.surface,
          colorBgElevated: palette.surface,
          colorBgLayout: palette.ground,
          colorBorder: shown === 'dark' ? '#454d5c' : '#c3c9d2',
          colorBorderSecondary: palette.line,
          colorError: palette.bad,
          colorLink: palette.accent,
          colorPrimary: palette.control,
          // The library's shade for what is under the pointer has too little contrast in the dark.
          colorPrimaryHover: palette['control-hover'],
          colorText: palette.text,
          colorTextDescription: palette.muted,
          colorTextPlaceholder: palette.muted,
          colorTextSecondary: palette.muted,
          colorTextTertiary: palette.muted,
          colorTextQuaternary: palette.muted,
          fontFamily: 'var(--sans)',
          fontFamilyCode: 'var(--mono)',
          motion: !isStill,
          motionDurationMid: '0.12s',
          motionDurationSlow: '0.16s',
        },
        components: {
          Button: {
            defaultHoverColor: palette.accent,
            defaultActiveColor: palette.accent,
            dangerColor: palette['on-bad'],
          },
        },
      }}
    >
      {children}
    </ConfigProvider>
  );
}
