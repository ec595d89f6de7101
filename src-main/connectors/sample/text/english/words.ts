/** Words for English templates. Boats, places and people are invented. */
export const words = {
  boat: [
    'Marigold', 'Second Wind', 'Tern', 'Blue Peter', 'Gannet', 'Quiet Monday', 'Samphire', 'Little Auk', 'Saltbox', 'Patience', 'Nine Knots',
    'Windfall', 'Driftwood', 'Otter', 'Pocket Money', 'Lapwing', 'Old Bess', 'Curlew', 'Sea Thrift', 'Rosemary', 'Halcyon', 'Plover',
  ],
  place: [
    'the north pontoon', 'the slipway', 'the fuel berth', 'the old quay', 'the boatyard', 'the harbour office', 'the visitors’ moorings',
    'the sail loft', 'the net store', 'the tidal gate', 'the breakwater', 'the winter shed', 'the ferry steps', 'the mud berths', 'the crane', 'the lock café',
  ],
  day: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday', 'Easter Monday', 'regatta day', 'the first of the month', 'Midsummer'],
  time: ['six in the morning', 'half past nine', 'noon', 'two o’clock', 'slack water', 'high tide', 'dusk', 'eleven at night', 'quarter to eight', 'first light'],
  gear: [
    'impeller', 'stern gland', 'bilge pump', 'anchor windlass', 'rudder bearing', 'furling line', 'fuel filter', 'shore-power lead', 'dinghy outboard',
    'depth sounder', 'sprayhood', 'teak deck', 'seacock', 'mainsheet traveller', 'life-jacket cylinder', 'spare alternator', 'mooring warp', 'galley stove', 'chart plotter', 'keel bolts',
  ],
  event: [
    'the boat jumble', 'the spring lift-out', 'junior sailing week', 'the lantern evening', 'the harbour clean-up', 'the autumn regatta', 'the gig rowing trial',
    'the barbecue on the quay', 'the open-shed day', 'the knot evening', 'the night sail', 'the soup Sunday',
  ],
  thing: [
    'the crane rota', 'the dredging notice', 'the berth lottery', 'the winter lay-up list', 'the night watch rota', 'the fee review', 'the pontoon repair', 'the chandlery order',
    'the boat jumble', 'the spring lift-out', 'the lantern evening', 'the autumn regatta', 'the gig rowing trial', 'the new mooring plan', 'the shed key', 'the regatta programme',
  ],
  topic: [
    'Crane rota', 'Dredging notice', 'Berth lottery', 'Winter lay-up', 'Night watch', 'Fee review', 'Pontoon repair', 'Chandlery order', 'Boat jumble', 'Spring lift-out',
    'Lantern evening', 'Autumn regatta', 'Gig rowing', 'Mooring plan', 'Shed key', 'Teak decks again', 'Crew for Saturday', 'What is this part', 'Cold showers', 'Leaks, part two',
  ],
  who: ['Rosa', 'Jun', 'Old Tam', 'the harbour office', 'Marlow', 'Petra', 'the crane crew', 'Idris', 'Wenna', 'Casper', 'the race officer', 'Noor', 'Bram', 'the new warden', 'Tilda', 'Mateo'],
  room: ['#boat-repair', '#crew-wanted', '#tides', '#general', '#for-sale', '#junior-sailing', '#night-watch', '#galley'],
  fish: ['mackerel', 'bass', 'pollack', 'crab', 'lobster', 'mullet', 'whiting', 'squid'],
  cure: ['seawater', 'copper tape', 'kelp tea', 'vinegar', 'a magnet on the fuel line', 'a silver coin in the tank', 'engine oil', 'ginger and brandy'],
  link: ['harbor-savers.example', 'quick-berth.example', 'dockside-deals.example', 'moorings4less.example', 'sail-rich.example', 'captains-club.example'],
} as const;

/** Given names of invented members; a surname's initial is added. */
export const names = [
  'Rowena', 'Elowen', 'Jago', 'Idris', 'Merryn', 'Petra', 'Casper', 'Noor', 'Bram', 'Tilda', 'Mateo', 'Hollis', 'Greta', 'Owen', 'Sunniva', 'Dev', 'Maeve', 'Lucan',
  'Ilse', 'Tomasz', 'Fenna', 'Abel', 'Corin', 'Zadie', 'Piran', 'Ottilie', 'Kit', 'Ruan', 'Selma', 'Jory', 'Nell', 'Anselm', 'Bryn', 'Ada', 'Silas', 'Marit', 'Edda', 'Theo', 'Lowen', 'Inga',
] as const;
