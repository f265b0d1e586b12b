import { View } from '@tarojs/components';
import type { Round } from '../../../../features/commitments/commitment';
import { go } from '../../../../lib/navigation';
import { useCall } from '../../../../lib/use-call';
import { Await } from '../../../../ui/await';
import { Card } from '../../../../ui/card';
import { Row } from '../../../../ui/row';
import type { WallFilters } from './wall-filters';
import { YearFigures } from './year-figures';

interface WhoseWallProps {
  readonly round: Round;
  readonly filters: WallFilters;
}

/** Above the list: whose promises these are, with the figures of the year. */
export function WhoseWall({ round, filters: { organizationId, personId } }: WhoseWallProps) {
  if (personId !== null) return <MemberHead personId={personId} />;
  return (
    <>
      {organizationId !== null && <OrganizationHead organizationId={organizationId} />}
      <YearFigures round={round} organizationId={organizationId} />
    </>
  );
}

/** An organisation: who leads it, how many belong to it. */
function OrganizationHead({ organizationId }: { organizationId: string }) {
  const query = useCall('cards.organization', { params: { organizationId } });
  return (
    <Await query={query} rows={1}>
      {({ name, rankName, members, leads }) => (
        <View className="whose-head">
          <Card bare>
            <View className="whose">
              <View className="whose__name">{name}</View>
              <View className="whose__words">{`${rankName} · ${members} 名党员`}</View>
            </View>
            {leads.map(({ personId, name: who, post }) => (
              <Row
                key={personId}
                icon="user-round"
                title={who}
                words={post}
                onPress={() => void go('memberCard', { personId })}
              />
            ))}
          </Card>
        </View>
      )}
    </Await>
  );
}

function MemberHead({ personId }: { personId: string }) {
  const query = useCall('cards.member', { params: { personId } });
  return (
    <Await query={query} rows={1}>
      {({ name, organization }) => (
        <Card bare>
          <Row
            icon="user-round"
            title={`${name}的承诺`}
            words={organization.name}
            onPress={() => void go('memberCard', { personId })}
          />
        </Card>
      )}
    </Await>
  );
}
