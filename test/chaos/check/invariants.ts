/** What must always hold, and which rule of the checker shows that it does not. */
export const invariants = {
  I1: 'at most one executing copy of a machine',
  I2: 'no volume goes without a request for it',
  I3: 'what is declared is reached, and stays',
  I4: 'an operation takes effect at most once',
  I5: 'status is never falsely certain',
  I6: 'nothing is left over',
  I7: 'a tenant reaches only its own',
} as const;
export type Invariant = keyof typeof invariants;

export const invariantOf = {
  DomainTwice: 'I1',
  ExecutesTwice: 'I1',
  DomainElsewhere: 'I1',
  DomainNotRecorded: 'I1',
  UUIDDiffers: 'I1',
  DomainName: 'I1',
  VolumeMissing: 'I2',
  FinalizerMissing: 'I2',
  DomainMissing: 'I3',
  NetworkDown: 'I3',
  ReservationMissing: 'I3',
  ReservationDiffers: 'I3',
  DeletionUnfinished: 'I3',
  ClaimMissing: 'I3',
  FalselyCertain: 'I5',
  StatusUntrue: 'I5',
  StampNewer: 'I5',
  DomainWithoutOwner: 'I6',
  VolumeWithoutOwner: 'I6',
  NetworkWithoutOwner: 'I6',
  NetworkUnused: 'I6',
  ReservationWithoutOwner: 'I6',
  TombstoneUnswept: 'I6',
  ReservationTwice: 'I7',
  VolumeOwnedTwice: 'I7',
  AddressTwice: 'I7',
  MACTwice: 'I7',
} as const satisfies Record<string, Invariant>;
export type Rule = keyof typeof invariantOf;
