import '../models/marks.css';
import './changes.css';

import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

const exact = { exact: true, includeSearch: false };

/** What the views of changes have above them: their title, and links to one another. */
export function ChangesHead({ title, children }: { title: string; children?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <>
      <nav className="changes-tabs" aria-label={t('views.changes')}>
        <Link to="/changes" activeOptions={exact}>
          {t('changes.tabs.feed')}
        </Link>
        <Link to="/changes/deprecations" activeOptions={exact}>
          {t('changes.tabs.deprecations')}
        </Link>
        <Link to="/changes/audit" activeOptions={exact}>
          {t('changes.tabs.audit')}
        </Link>
      </nav>
      <div className="changes-head">
        <h1>{title}</h1>
        {children}
      </div>
    </>
  );
}
