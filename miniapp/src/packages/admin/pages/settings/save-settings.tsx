import { View } from '@tarojs/components';
import { ActTrouble } from '../../../../features/orders/act-sheet';
import { Button } from '../../../../ui/button';

interface SaveSettingsProps {
  readonly words: string;
  readonly act: { readonly error: Error | null; readonly isPending: boolean };
  readonly unready: boolean;
  readonly onSave: () => void;
}

/** At the end of each part: what went wrong, and the button that keeps it. */
export const SaveSettings = ({ words, act, unready, onSave }: SaveSettingsProps) => (
  <View className="settings__save">
    <ActTrouble error={act.error} />
    <Button look="main" busy={act.isPending} disabled={unready} onPress={onSave}>
      {words}
    </Button>
  </View>
);
