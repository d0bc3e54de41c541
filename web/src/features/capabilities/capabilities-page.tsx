import '../catalogue/catalogue.css';
import '../models/marks.css';
import './capabilities.css';

import { getRouteApi } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { FIRST_PAGE } from '../../console/address.ts';
import { usePageTitle } from '../../console/states.tsx';
import { CapabilityList } from './capability-list.tsx';
import { Matrix } from './matrix.tsx';
import { type CapabilitiesSearch, inView, VIEWS, type View } from './search.ts';

const route = getRouteApi('/capabilities');

export interface Address {
  search: CapabilitiesSearch;
  /** Says something else, from the first page. */
  update: (patch: Partial<CapabilitiesSearch>, replace?: boolean) => void;
}

/** What models can do: who can do what, or the capabilities themselves. */
export function CapabilitiesPage() {
  const { t } = useTranslation();
  const search: CapabilitiesSearch = route.useSearch();
  const navigate = route.useNavigate();
  const update = useCallback(
    (patch: Partial<CapabilitiesSearch>, replace = false) =>
      void navigate({
        search: (before) => ({ ...before, ...FIRST_PAGE, ...patch }),
        replace,
        resetScroll: false,
      }),
    [navigate],
  );
  usePageTitle(t('views.capabilities'));
  const Shown = search.view === 'list' ? CapabilityList : Matrix;
  return (
    <section className="page views capabilities" aria-labelledby="capabilities-title">
      <div className="views-head">
        <h1 id="capabilities-title">{t('views.capabilities')}</h1>
        <Segmented<View>
          aria-label={t('capabilities.view')}
          options={VIEWS.map((value) => ({ value, label: t(`capabilities.views.${value}`) }))}
          value={search.view}
          onChange={(view) => void navigate({ search: inView(search, view) })}
        />
      </div>
      <Shown search={search} update={update} />
    </section>
  );
}
