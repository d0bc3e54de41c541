import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';
import { LANGUAGES, type Language, setLanguage } from '../../console/i18n.ts';
import { Section } from '../../console/section.tsx';
import { useStore } from '../../console/store.ts';
import { THEMES, type Theme, themePreference } from '../../console/theme.tsx';

/** How the console looks in this browser. */
export function Preferences() {
  const { t, i18n } = useTranslation();
  const theme = useStore(themePreference);
  return (
    <Section title={t('settings.preferences.title')}>
      <div className="settings-field">
        <span>{t('shell.language')}</span>
        <Segmented<string>
          aria-label={t('shell.language')}
          name="language"
          options={Object.entries(LANGUAGES).map(([value, label]) => ({
            value,
            label: <span lang={value}>{label}</span>,
          }))}
          value={i18n.language}
          onChange={(value) => void setLanguage(value as Language)}
        />
      </div>
      <div className="settings-field">
        <span>{t('shell.theme')}</span>
        <Segmented<Theme>
          aria-label={t('shell.theme')}
          name="theme"
          options={THEMES.map((value) => ({ value, label: t(`shell.themes.${value}`) }))}
          value={theme}
          onChange={themePreference.set}
        />
      </div>
      <p className="muted">{t('settings.preferences.where')}</p>
    </Section>
  );
}
