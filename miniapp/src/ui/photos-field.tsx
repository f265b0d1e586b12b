import { Labelled } from './field';
import { PhotoGrid } from './photo-grid';

interface PhotosFieldProps {
  readonly label?: string;
  readonly hint?: string;
  readonly photoIds: readonly string[];
  readonly max: number;
  readonly onChange: (photoIds: string[]) => void;
}

/** 照片: nobody has to take any, unless the hint says otherwise. */
export const PhotosField = ({ label = '照片', hint = '可以不拍', ...photos }: PhotosFieldProps) => (
  <Labelled label={label} hint={hint}>
    <PhotoGrid {...photos} />
  </Labelled>
);
