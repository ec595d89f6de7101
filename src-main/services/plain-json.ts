import { StandardRPCJsonSerializer, StandardRPCSerializer } from '@orpc/client/standard';

/**
 * The contract's answers are plain JSON (text, numbers, booleans, null, lists, objects), so that the walk over every
 * value for dates, sets and the like would find nothing, at three times the cost of writing the JSON.
 */
class PlainJson extends StandardRPCJsonSerializer {
  override serialize(data: unknown): ReturnType<StandardRPCJsonSerializer['serialize']> {
    return [data, [], [], []];
  }
}

/** oRPC's serializer without the walk; what it reads is still checked by the contract's schemas. */
export function plainSerializer(): StandardRPCSerializer {
  return new StandardRPCSerializer(new PlainJson());
}
