use super::contract::*;

pub async fn post(_: Context, request: PostRequest) -> Result<PostResponse> {
    Ok(PostResponse::Ok(match request.body {
        AccountInput::Savings(SavingsInput { pin }) => Account::Savings(Savings {
            id: pin.parse().ok(),
        }),
        AccountInput::Base(AccountBaseInput { r#type }) => Account::Base(AccountBase::new(r#type)),
    }))
}
