// Lines are told apart by colour, by dashes and by the mark at each change: one of these is enough.

const COLORS = 8;
const DASHES = ['', '7 4', '2 4', '12 4 2 4', '16 6'];
const SHAPES = [
  'M -4 0 A 4 4 0 1 0 4 0 A 4 4 0 1 0 -4 0 Z',
  'M -4 -4 H 4 V 4 H -4 Z',
  'M 0 -5 L 5 4 H -5 Z',
  'M 0 -5.5 L 5.5 0 L 0 5.5 L -5.5 0 Z',
  'M -5 -4 H 5 L 0 5 Z',
];

/** How the line of a place in the list looks. */
export const lookOf = (place: number) => ({
  stroke: `var(--series-${(place % COLORS) + 1})`,
  strokeDasharray: DASHES[place % DASHES.length] ?? '',
});

export function Mark({ place, x, y }: { place: number; x: number; y: number }) {
  return (
    <path
      d={SHAPES[place % SHAPES.length]}
      transform={`translate(${x} ${y})`}
      fill={lookOf(place).stroke}
      stroke="var(--surface)"
    />
  );
}

/** The line and its mark, as the legend shows them. */
export function Swatch({ place }: { place: number }) {
  return (
    <svg width={34} height={14} viewBox="-17 -7 34 14" aria-hidden="true">
      <line x1={-17} x2={17} strokeWidth={2} {...lookOf(place)} />
      <Mark place={place} x={0} y={0} />
    </svg>
  );
}
