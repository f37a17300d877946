use super::contract::*;

async fn told(file: contract::File) -> Result<String> {
    let (name, media) = (file.file_name.clone(), file.content_type.clone());
    let bytes = String::from_utf8(file.bytes().await?)?;
    Ok(format!("{name:?} {media:?} {bytes}\n"))
}

pub async fn post(_: Context, request: PostRequest) -> Result<PostResponse> {
    let PostBody {
        photo,
        others,
        title,
        count,
        tags,
        point,
        points,
        code,
        codes,
        meta,
        order,
        made,
    } = request.body;
    let mut text = told(photo).await?;
    for other in others {
        text += &told(other).await?;
    }
    text += &format!("{title:?} {count:?} {tags:?} {point:?} {points:?} {code:?} {codes:?}");
    Ok(PostResponse::Ok(format!(
        "{text} {meta:?} {order:?} {made:?}"
    )))
}
