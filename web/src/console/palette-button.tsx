import { SearchOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { OnDemand } from './on-demand.tsx';
import { loadPart } from './parts.ts';

// Loaded when it is first asked for.
const Palette = lazy(async () => {
  const { Palette: component } = await loadPart(() => import('../features/palette/palette.tsx'));
  return { default: component };
});

const isMac = /Mac|iP(hone|ad)/.test(navigator.userAgent);

/** Opens the palette, by a press or by Ctrl+K. */
export function PaletteButton() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const close = useCallback(() => setOpen(false), []);

  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        setOpen((before) => !before);
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
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => setOpen(true)}
      >
        <span className="wide">
          {t('palette.open')} <kbd>{isMac ? '⌘K' : 'Ctrl K'}</kbd>
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
