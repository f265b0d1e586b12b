import { Card } from '../../../ui/card';
import { Switch } from '../../../ui/switch';

interface KeepHeldProps {
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}

/** Words that the content check has held back come out with the answer, unless whoever answers says no. */
export const KeepHeld = ({ on, onChange }: KeepHeldProps) => (
  <Card bare>
    <Switch
      title="原话不公开"
      words="这段话还没有通过内容检查。不打开的话，答复以后大家都看得到。"
      on={on}
      onChange={onChange}
    />
  </Card>
);
