import { UserOutlined } from '@ant-design/icons';
import { Link } from '@tanstack/react-router';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSession } from './session.tsx';

/** Who asks: by name with a way out, or the way in. */
export function SessionMenu() {
  const { t } = useTranslation();
  const { viewer } = useSession();
  if (!viewer || viewer.isAnonymous) {
    return (
      <Link to="/sign-in" className="sign-in">
        {t('session.signIn')}
      </Link>
    );
  }
  const role = viewer.role ? t(`session.roles.${viewer.role}`) : t('session.noRole');
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          {
            key: 'who',
            type: 'group',
            label: t('session.who', { name: viewer.name, role }),
          },
          // The server's own page ends the session: it takes no part of this script.
          { key: 'out', label: <a href="/login">{t('session.signOut')}</a> },
        ],
      }}
    >
      <Button type="text" icon={<UserOutlined aria-hidden />}>
        <span className="hidden">{t('session.menu', { name: viewer.name })}</span>
        <span className="wide">{role}</span>
      </Button>
    </Dropdown>
  );
}
