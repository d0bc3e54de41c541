import { useTranslation } from 'react-i18next';
import { PALETTE_KEYS } from '../../console/keys.ts';

/** The keys that the console knows everywhere. */
export function Keys() {
  const { t } = useTranslation();
  const keys = [
    { key: '/', meaning: t('palette.keys.search') },
    { key: PALETTE_KEYS, meaning: t('palette.keys.open') },
    { key: '?', meaning: t('palette.keys.help') },
    { key: 'Esc', meaning: t('palette.keys.close') },
  ];
  return (
    <dl className="palette-keys">
      {keys.map(({ key, meaning }) => (
        <div key={key}>
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}
