import { templates, wordsOf, type TemplateKind } from '@sandan/shared/subscriptions/subscription.words';
import { View } from '@tarojs/components';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ActTrouble } from '../../../../features/orders/act-sheet';
import { call } from '../../../../lib/client';
import { useSettled } from '../../../../lib/use-settled';
import { Card } from '../../../../ui/card';
import { Row } from '../../../../ui/row';
import { sentOf, type TypedTemplate } from './typed-template';

interface PreviewProps {
  readonly gridId: string;
  readonly kind: TemplateKind;
  readonly typed: TypedTemplate;
}

/** What is still missing, and the cards as a phone would show them: the server says both. */
export function Preview({ gridId, kind, typed }: PreviewProps) {
  const body = useSettled(JSON.stringify(sentOf(typed)));
  const { data, error } = useQuery({
    queryKey: ['subscriptions.check', gridId, kind, body],
    queryFn: () =>
      call('subscriptions.check', { params: { gridId, kind }, body: JSON.parse(body) as ReturnType<typeof sentOf> }),
    placeholderData: keepPreviousData,
    retry: false,
  });
  return (
    <>
      {error && <ActTrouble error={error} />}
      {data && data.faults.length > 0 && (
        <Card bare title="还差这些">
          {data.faults.map(({ words }) => (
            <Row key={words} icon="circle-alert" title={words} />
          ))}
        </Card>
      )}
      <Card title="手机上看到的">
        {(data?.cards ?? [])
          .filter(({ rows }) => rows.length > 0)
          .map(({ state, rows }) => (
            <View key={state} className="templates__card">
              <View className="templates__card-title">{templates[kind].name}</View>
              {rows.map(({ field, name, words }) => (
                <View key={field} className="templates__line">
                  <View className="templates__name">{name}</View>
                  <View className="templates__value">{words}</View>
                </View>
              ))}
              <View className="templates__note">{wordsOf(state).state}时发</View>
            </View>
          ))}
        <View className="templates__note">例子是编的。保密的单子只写“您的一件事”，不写类别、地方和办理人。</View>
      </Card>
    </>
  );
}
