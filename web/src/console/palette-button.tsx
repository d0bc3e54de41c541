import { SearchOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isForPage, PALETTE_KEYS } from './keys.ts';
import { OnDemand } from './on-demand.tsx';
import { loadPart } from './parts.ts';

// Loaded when it is first asked for.
const Palette = lazy(async () => {
  const { Palette: component } = await loadPart(() => import('../features/palette/palette.tsx'));
  return { default: component };
});

/** Opens the palette, by a press, by Ctrl+K, or by `?`: it tells the keys, too. */
export function PaletteButton() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const close = useCallback(() => setOpen(false), []);

  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        setOpen((before) => !before);
      } else if (event.key === '?' && isForPage(event)) {
        event.preventDefault();
        setOpen(true);
      }
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);

  return (
    <>
      <Button
        type="text"
        icon={<SearchOutlined aria-hidden />}
        aria-keyshortcuts="Control+K Meta+K ?"
        onClick={() => setOpen(true)}
      >
        <span className="wide">
          {t('palette.open')} <kbd>{PALETTE_KEYS}</kbd>
        </span>
        <span className="hidden narrow">{t('palette.open')}</span>
      </Button>
      {isOpen && (
        <OnDemand onMissing={close}>
          <Palette onClose={close} />
        </OnDemand>
      )}
    </>
  );
}
