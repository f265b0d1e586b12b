// placeholder until the demo town lands
export {};
