/// What every handler can reach with `ctx.state()`: put your pools and clients here.
#[derive(Debug, Default)]
pub struct State {}
