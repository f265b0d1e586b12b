import { Button } from '../../ui/button';
import { Card } from '../../ui/card';
import { Row } from '../../ui/row';
import { troubleWords } from '../../ui/trouble';

interface SectionTroubleProps {
  readonly title: string;
  readonly error: unknown;
  readonly onRetry: () => void;
}

/** One section could not be read; the others stand. */
export const SectionTrouble = ({ title, error, onRetry }: SectionTroubleProps) => (
  <Card bare title={title}>
    <Row
      title={troubleWords(error)}
      end={
        <Button short look="text" icon="rotate-cw" onPress={onRetry}>
          再试
        </Button>
      }
    />
  </Card>
);
