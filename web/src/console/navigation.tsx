import {
  ApartmentOutlined,
  CheckSquareOutlined,
  CodeOutlined,
  DatabaseOutlined,
  HistoryOutlined,
  ImportOutlined,
  MenuOutlined,
  SettingOutlined,
  ShopOutlined,
  SwapOutlined,
} from '@ant-design/icons';
import { Link, type LinkProps, useLocation } from '@tanstack/react-router';
import { Button } from 'antd';
import { type ComponentType, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LazyDrawer } from './lazy-drawer.tsx';
import { createStore, useStore } from './store.ts';

/** The views that the bar leads to, in its order; a view adds itself by one line. */
const VIEWS = [
  { to: '/models', text: 'models.title', icon: DatabaseOutlined },
  { to: '/suppliers', text: 'views.suppliers', icon: ShopOutlined },
  { to: '/categories', text: 'views.categories', icon: ApartmentOutlined },
  { to: '/capabilities', text: 'views.capabilities', icon: CheckSquareOutlined },
  { to: '/compare', text: 'shell.compare', icon: SwapOutlined },
  { to: '/import', text: 'views.imports', icon: ImportOutlined },
  { to: '/changes', text: 'views.changes', icon: HistoryOutlined },
  { to: '/graphiql', text: 'shell.graphiql', icon: CodeOutlined, isHeavy: true },
  { to: '/settings', text: 'views.settings', icon: SettingOutlined },
] as const satisfies readonly {
  to: LinkProps['to'];
  text: string;
  icon: ComponentType;
  /** It is too large to be loaded because a pointer passes over its link. */
  isHeavy?: boolean;
}[];

// The bar's links and what stands beside them have room in either language from here on.
const media = matchMedia('(min-width: 1400px)');
const hasRoom = createStore(media.matches);
media.addEventListener('change', ({ matches }) => hasRoom.set(matches));

/** Links in the bar or, where they have no room there, behind a button. */
export function Navigation() {
  return useStore(hasRoom) ? <Links /> : <Menu />;
}

function Links({ withIcons = false, onGo }: { withIcons?: boolean; onGo?: () => void }) {
  const { t } = useTranslation();
  return (
    <nav aria-label={t('shell.navigation')}>
      <ul>
        {VIEWS.map((view) => {
          const Icon = view.icon;
          const content = (
            <>
              {withIcons && <Icon aria-hidden />}
              {t(view.text)}
            </>
          );
          return (
            <li key={view.text}>
              <Link
                to={view.to}
                {...('isHeavy' in view ? { preload: false } : {})}
                {...(onGo ? { onClick: onGo } : {})}
              >
                {content}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

function Menu() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const address = useLocation({ select: ({ href }) => href });
  // biome-ignore lint/correctness/useExhaustiveDependencies: whoever has gone somewhere needs it no longer
  useEffect(() => setOpen(false), [address]);
  return (
    <>
      <Button
        type="text"
        className="menu-button"
        icon={<MenuOutlined aria-hidden />}
        aria-label={t('shell.menu')}
        aria-expanded={isOpen}
        onClick={() => setOpen(true)}
      />
      <LazyDrawer
        title="Modelry"
        placement="left"
        size={260}
        classNames={{ body: 'menu' }}
        open={isOpen}
        onClose={() => setOpen(false)}
      >
        <Links withIcons onGo={() => setOpen(false)} />
      </LazyDrawer>
    </>
  );
}
