import { SearchOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

// Loaded when it is first asked for.
const Palette = lazy(async () => {
  const { Palette: component } = await import('../features/palette/palette.tsx');
  return { default: component };
});

const isMac = /Mac|iP(hone|ad)/.test(navigator.userAgent);

/** Opens the palette, by a press or by Ctrl+K. */
export function PaletteButton() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);

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
        <Suspense>
          <Palette onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
