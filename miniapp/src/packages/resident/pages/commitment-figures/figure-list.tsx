import { useWide } from '../../../../ui/two-pane';
import { FigureCards, FigureTable } from './figure-table';
import type { FigureRow } from './row-words';

interface FigureListProps {
  readonly rows: readonly FigureRow[];
  readonly isOver: boolean;
  readonly onOpen: (row: FigureRow) => void;
}

/** The rows as the screen has room for them. */
export function FigureList(props: FigureListProps) {
  const wide = useWide();
  return wide ? <FigureTable {...props} /> : <FigureCards {...props} />;
}
