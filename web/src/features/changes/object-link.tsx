import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** What an object is called, leading to its page if it has one. */
export function ObjectLink({ id, children }: { id: string; children: ReactNode }) {
  const name = <bdi>{children}</bdi>;
  // As of the past, an id tells the moment too.
  const [, type, number = ''] = /^(\w+):(\d+)/.exec(id) ?? [];
  switch (type) {
    case 'Model':
      return (
        <Link to="/models/$modelId" params={{ modelId: number }}>
          {name}
        </Link>
      );
    case 'Supplier':
      return (
        <Link to="/suppliers/$supplierId" params={{ supplierId: number }}>
          {name}
        </Link>
      );
    case 'Category':
      return (
        <Link to="/categories" search={{ q: '', deleted: false, selected: Number(number) }}>
          {name}
        </Link>
      );
    default:
      return name;
  }
}

/** The part of the address of a change set. */
export const numberOf = (id: string): string => id.slice(id.indexOf(':') + 1);

export function ChangeSetLink(props: { id: string; className?: string; children: ReactNode }) {
  const { id, className, children } = props;
  return (
    <Link
      to="/changes/$changeSetId"
      params={{ changeSetId: numberOf(id) }}
      {...(className ? { className } : {})}
    >
      {children}
    </Link>
  );
}
