import { type ReactNode, useId } from 'react';
import { useFormat } from '../../../console/format.ts';

/** A part of the page under its title, with how much is in it. */
export function Section(props: {
  title: string;
  count?: number;
  /** What is said where there is nothing to show. */
  empty?: string;
  children: ReactNode;
}) {
  const id = useId();
  const format = useFormat();
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>
        {props.title}
        {props.count !== undefined && props.count > 0 && (
          <span className="card-count">{format.number(props.count)}</span>
        )}
      </h2>
      {props.count === 0 ? <p className="muted">{props.empty}</p> : props.children}
    </section>
  );
}
