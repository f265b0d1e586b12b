import type { ChosenGrid } from '../../features/grids/grid-choice';
import { VillageFilter } from '../../features/grids/village-filter';
import { SearchBox, SearchRow } from '../../ui/search-box';

export interface Search {
  readonly typed: string;
  readonly village: ChosenGrid | null;
}

interface SearchingProps {
  readonly search: Search;
  readonly onChange: (search: Search) => void;
}

/** By words; and by village, for whoever sees a whole town. */
export const Searching = ({ search, onChange }: SearchingProps) => (
  <SearchRow>
    <SearchBox
      label="找单子，按名字或原话"
      example="找单子"
      value={search.typed}
      onChange={(typed) => onChange({ ...search, typed })}
    />
    <VillageFilter village={search.village} onChange={(village) => onChange({ ...search, village })} />
  </SearchRow>
);
